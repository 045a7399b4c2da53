"""A token for a council's system: that it was made and ended is written down, and goes in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from plan_store.desk_sessions import begin_desk_session, find_open
from plan_store.facilitators import make_account, new_desk_key, viewer_of
from plan_store.opening import Store
from plan_store.retaining import apply, read_retention
from plan_store.tables import ApiToken, History, now
from plan_store.tokens import end_token, holder_of, make_token

ROLES = ("facilitator", "manager")


@pytest.fixture
def ann(store: Store) -> int:
    with store.writing() as session:
        return make_account(session, new_desk_key(session, ROLES), "Ann", "ann@x.org", "-").id


def a_token(store: Store, ann: int) -> str:
    with store.writing() as session:
        return make_token(session, ann, "a system", ["plans:read"], 30)


def test_made_and_ended_it_stands_in_the_history_once_each(store: Store, ann: int) -> None:
    a_token(store, ann)
    with store.writing() as session:
        number = session.scalars(select(ApiToken.id)).one()
        assert end_token(session, number)
        assert not end_token(session, number)
    with store.reading() as session:
        rows = session.scalars(select(History).order_by(History.id)).all()
        assert [(row.who, row.what, row.item, row.item_id) for row in rows] == [
            ("terminal", "makes", "api_token", str(number)),
            ("terminal", "ends", "api_token", str(number)),
        ]
        assert {(row.person_id, row.facilitator_id) for row in rows} == {(None, ann)}


def test_a_token_and_a_sign_in_look_with_the_same_eyes(store: Store, ann: int) -> None:
    token = a_token(store, ann)
    with store.writing() as session:
        begun = begin_desk_session(session, ann, "a browser")
        opened = find_open(session, begun.id)
        holder = holder_of(session, token)
        assert opened is not None
        assert holder is not None
        assert opened[2] == holder.viewer == viewer_of(session, ann)
        assert holder.viewer.roles == frozenset(ROLES)


def test_a_year_after_its_end_it_goes_with_its_history(store: Store, ann: int) -> None:
    a_token(store, ann)
    apply(store, read_retention(), now() + timedelta(days=30 + 360))
    with store.reading() as session:
        assert len(session.scalars(select(ApiToken.id)).all()) == 1
    apply(store, read_retention(), now() + timedelta(days=30 + 370))
    with store.reading() as session:
        assert session.scalars(select(ApiToken.id)).all() == []
        assert session.scalars(select(History)).all() == []
