"""Speaking at the page in a real Chromium: words the device hears itself, and a recorded voice."""

import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import select

from bot.opening_the_door import Door
from plan_store.tables import Attachment, Incoming
from tests.bot.web.beside_the_page import texts
from tests.bot.web.in_a_browser import a_tablet, no_violation

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]

# A browser that recognises speech on the device, as the Web Speech API describes it.
SPEECH = """
window.asked = [];
window.SpeechRecognition = class extends EventTarget {
    processLocally = false; lang = ""; interimResults = true;
    static async available(options) { window.asked.push(options); return STATE; }
    start() {
        window.asked.push({ lang: this.lang, processLocally: this.processLocally });
        setTimeout(() => {
            const result = Object.assign([{ transcript: "I like dogs" }], { isFinal: true });
            this.onresult({ resultIndex: 0, results: [result] });
            this.onend();
        }, 50);
    }
    stop() {}
};
"""


async def test_words_spoken_to_the_device_are_looked_at_and_then_sent(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.page.add_init_script(SPEECH.replace("STATE", "'available'"))
        await tablet.comes_in()
        await tablet.taps("Speak the words")
        box = tablet.page.get_by_label("Type your words here")
        await expect(box).to_have_value("I like dogs")
        await expect(box).to_be_focused()
        await expect(tablet.page.get_by_role("status")).to_contain_text("Please look at the words.")
        await no_violation(tablet)
        assert await texts(door) == []
        assert await tablet.page.evaluate("window.asked") == [
            {"langs": ["en-GB"], "processLocally": True},
            {"lang": "en-GB", "processLocally": True},
        ]
        await tablet.page.get_by_role("button", name="➡️ Send", exact=True).click()
        await tablet.shows("Hello I like dogs.")
        await tablet.says("typed this time")
        await tablet.page.locator(".mine").filter(has_text="typed this time").wait_for()
        hows = await door.in_store.read(
            lambda session: session.scalars(
                select(Incoming.how).where(Incoming.kind == "text").order_by(Incoming.id)
            ).all()
        )
        assert list(hows) == ["dictated", "typed"]


@pytest.mark.parametrize(
    "speech",
    [
        SPEECH.replace("STATE", "'downloadable'"),
        SPEECH.replace("STATE", "'available'").replace("processLocally = false;", ""),
        "window.webkitSpeechRecognition = window.SpeechRecognition = class { start() {} };",
        "delete window.SpeechRecognition;",
    ],
    ids=["would-download", "knows-no-local", "older", "none"],
)
async def test_where_speech_would_leave_the_device_it_is_not_offered(
    browser: Browser, address: str, door: Door, speech: str
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.page.add_init_script(speech)
        await tablet.comes_in()
        await expect(tablet.page.get_by_role("button", name="Record my voice")).to_be_visible()
        await expect(tablet.page.locator("#dictate")).to_be_hidden()


async def test_a_voice_is_recorded_listened_to_and_sent(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        record = tablet.page.get_by_role("button", name="Record my voice")
        await record.click()
        stop = tablet.page.get_by_role("button", name="Stop recording")
        await expect(tablet.page.get_by_role("status")).to_contain_text("I am recording")
        await tablet.page.wait_for_timeout(400)  # something to hear
        await stop.click()
        await tablet.page.get_by_role("button", name="Throw it away").click()
        await expect(tablet.page.locator(".recorded")).to_be_hidden()
        await record.click()
        await tablet.page.wait_for_timeout(400)
        await stop.click()
        await expect(tablet.page.get_by_role("status")).to_contain_text("You can listen first.")
        await no_violation(tablet)
        await tablet.page.locator(".recorded button.main").click()
        await tablet.shows("I got your voice message.")
        kept = await door.in_store.read(
            lambda session: session.execute(
                select(Incoming.kind, Incoming.how, Attachment.media_type, Attachment.size).join(
                    Attachment, Attachment.incoming_id == Incoming.id
                )
            ).all()
        )
        assert len(kept) == 1
        assert tuple(kept[0][:3]) == ("voice", "spoken", "audio/webm")
        assert (kept[0].size or 0) > 100
        plays = await tablet.page.locator(".mine audio").evaluate(
            """(sound) => new Promise((done) => {
                sound.onloadedmetadata = () => done(true);
                sound.onerror = () => done(false);
                sound.load();
            })"""
        )
        assert plays
