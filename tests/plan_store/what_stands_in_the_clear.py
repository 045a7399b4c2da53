"""The columns of text that are not sealed, each with the reason why it may stand in the clear."""

# Text that stands in the clear, and why it may. A new column of text is sealed, or stands here.
IDS = "an id that says nothing"
KINDS = "a kind, a state or a key of the project's own data"
CATALOGUE = "the catalogue of the place: it is about nobody, and is searched"
HASHES = "a hash of something random, or Argon2id"
CLEAR = {
    **dict.fromkeys(("person.id", "sealing_key.id", "sealing_key.owner"), IDS),
    "place.leased_by": IDS,
    "alert.sealed_by_key": IDS,
    "history.item_id": IDS,
    "history.click": IDS,
    "answer.click": IDS,
    **dict.fromkeys(
        (
            *("outcome_wording.click", "step.click", "promise.click", "desk_question.click"),
            *("staff_note.click", "said_anyway.click"),
            *("budget.click", "plan_check.click", "meeting.click", "fund.click"),
        ),
        IDS,
    ),
    # The catalogue is of the place, about no person, and is searched.
    **dict.fromkeys(
        (
            *("local_option.code", "local_option.title", "local_option.says"),
            *("local_option.place", "local_option.access", "local_option.tried_by"),
            *("local_option.contact", "local_option.source", "local_option_version.content"),
        ),
        CATALOGUE,
    ),
    "local_option.mark": "a hash of an option's content",
    "invite.made_by": IDS,
    "attachment.file": "a random name",
    "facilitator.factor_secret": "encrypted under a key made from the desk's secret",
    "facilitator.council_id": "the council's number of somebody who works there",
    "incoming.key": "the provider's number of a message, or a page's random number",
    "incoming.provider_id": "the number of a message in its chat",
    "outgoing.provider_id": "the number of a message in its chat",
    "unheard.key": "the provider's number of an update",
    "sealing_key.wrapped": "a key, sealed under a master key",
    "sealing_key.master": "the hash of a master key",
    **dict.fromkeys(
        (
            *(
                "desk_key.key_hash",
                "device.key_hash",
                "recovery_code.code_hash",
                "plan_link.key_hash",
                "invite.code_hash",
            ),
            *("facilitator.password_hash", "device_person.secret_hash"),
        ),
        HASHES,
    ),
    "turn.replies": "keys of words and ids, no words",
    "turn.wrote": "tables and ids",
    "outgoing.filling": "ids",
    "outgoing.buttons": "labels of the library, and keys",
    "outgoing.picture": "a symbol of the library and its description",
    "place.comes_back_to": "keys of questions and ids",
    **dict.fromkeys(
        (
            *("access.what", "alert.kind", "alert.how", "alert.tier", "alert.state"),
            *("alert_step.what", "alert_step.who", "alert_step.detail"),
            *("alert_telling.who", "alert_telling.state", "alert_telling.problem"),
            *("aspiration.kind", "aspiration.life_area", "aspiration.status"),
            *("aspiration.whose_turn", "aspiration_statement.part", "attachment.kind"),
            *("attachment.media_type", "attachment.state", "chapter_place.chapter"),
            *("chapter_place.state", "chapter_place.question", "contact.door"),
            *("device_person.picture", "history.who", "history.what", "history.item"),
            *("incoming.kind", "incoming.how", "incoming.state", "incoming.reason"),
            *("outgoing.key", "outgoing.sends", "outgoing.state", "outgoing.problem"),
            *("place.expecting", "place.question", "place.chapter", "sharing.audience"),
            *("statement.action", "statement.target", "statement.kind", "statement.how"),
            *("consent_answer.question", "consent_answer.choice", "consent_answer.answer"),
            *("desk_key.roles", "facilitator_role.role", "desk_session.browser"),
            *("statement.said_by", "turn.action", "unheard.kind", "unheard.reason"),
            *("waiting_question.question", "wish_check.form", "wish_check.outcome"),
            *("outcome.status", "outcome.achievement", "outcome.whose_turn"),
            *("outcome_wording.state", "step.who", "step.status", "step.whose_turn"),
            *("promise.status", "promise.whose_turn", "desk_question.kind"),
            *("desk_question.state", "desk_question.answer"),
            *("said_anyway.item", "said_anyway.rules"),
            *("local_option.kind", "local_option.life_areas", "local_option.unit"),
            *("local_option_version.how", "hope_option.kind", "hope_option.unit"),
            *("hope_option.state", "option_answer.choice", "option_answer.how"),
            *("option_answer.said_by", "plan_check.question", "plan_check.colour"),
            *("meeting.state", "meeting_answer.question", "meeting_answer.choice"),
            *("meeting_answer.how", "meeting_answer.said_by"),
        ),
        KINDS,
    ),
}
