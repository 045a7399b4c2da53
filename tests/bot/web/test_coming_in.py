"""Coming in by an invite, and being known again."""

import asyncio
import stat
from datetime import timedelta

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import func, select, update

from bot.opening_the_door import Door
from bot.web.building import build_web
from bot.web.knowing_who import key_of
from plan_store.tables import Device, Incoming, Invite, now
from plan_store.tables import Person as PersonRow
from tests.bot.web.at_the_page import Person


async def people(door: Door) -> int:
    """How many people there are."""
    count = await door.in_store.read(
        lambda session: session.scalar(select(func.count(PersonRow.id)))
    )
    return count or 0


async def test_a_stranger_reads_what_this_is_and_can_type_a_code(person: Person) -> None:
    page = await person.opens()
    assert page.status == 200
    assert "I am a computer, not a person." in page.text
    assert "You need an invite" in page.text
    code = (await person.invite()).upper()
    spaced = f" {code[:4]}-{code[4:8]} {code[8:]} "
    page = await person.posts("/i", {**page.hidden("/i"), "code": spaced})
    assert page.last == "What do you want to be called? You can choose any name."


async def test_looking_at_a_link_does_not_use_it_up(person: Person, door: Door) -> None:
    code = await person.invite()
    for _ in range(3):
        page = await person.opens(f"/i/{code}")
        assert page.status == 200
        assert "▶️ Start" in page.text
    assert await people(door) == 0
    page = await person.posts("/i", page.hidden("/i"))
    assert page.messages[0] == ("theirs", "Hello. I am My Way. I am a computer, not a person.")
    assert await people(door) == 1


async def test_start_pressed_many_times_opens_one_chat(person: Person, door: Door) -> None:
    page = await person.opens(f"/i/{await person.invite()}")
    fields = page.hidden("/i")
    pages = await asyncio.gather(*(person.posts("/i", fields) for _ in range(5)))
    assert {page.status for page in pages} == {200}
    assert await people(door) == 1
    page = await person.opens()
    assert len(page.messages) == 2


async def test_a_start_whose_answer_was_lost_finds_the_chat_again(
    person: Person, door: Door
) -> None:
    path = f"/i/{await person.invite()}"
    page = await person.opens(path)
    cookies = dict(person.client.cookies)
    await person.posts("/i", page.hidden("/i"))
    # The answer never came: the browser has what it had before.
    person.client.cookies = httpx.Cookies(cookies)
    page = await person.opens(path)
    assert page.last == "What do you want to be called? You can choose any name."
    assert await people(door) == 1


async def test_a_used_code_is_said_kindly(person: Person, somebody_else: Person) -> None:
    path = f"/i/{await person.invite()}"
    page = await person.opens(path)
    await person.posts("/i", page.hidden("/i"))
    page = await somebody_else.opens(path)
    assert page.status == 410
    assert "Sorry. This invite does not work any more." in page.text


async def test_ones_own_old_link_leads_back_to_ones_chat(person: Person) -> None:
    path = f"/i/{await person.invite()}"
    await person.posts("/i", (await person.opens(path)).hidden("/i"))
    assert (await person.opens(path)).last.startswith("What do you want to be called?")


async def test_an_old_code_is_said_kindly(person: Person, door: Door) -> None:
    code = await person.invite()
    await door.in_store.write(
        lambda session: session.execute(update(Invite).values(ends_at=now() - timedelta(days=1)))
    )
    page = await person.opens(f"/i/{code}")
    assert page.status == 410
    page = await person.posts("/i", {**page.hidden("/i"), "code": code})
    assert page.status == 410


@pytest.mark.parametrize("code", ["nobody", "", " ", "é" * 300, "a/b", "x\x00y"])
async def test_an_unknown_code_is_said_kindly(person: Person, code: str) -> None:
    page = await person.opens()
    page = await person.posts("/i", {**page.hidden("/i"), "code": code})
    assert page.status == 404
    assert "I do not know this code." in page.text


@pytest.mark.parametrize("path", ["nobody", "%ED%A0%BD", "%00", "%C3%A9"])
async def test_an_unknown_link_is_said_kindly(person: Person, path: str) -> None:
    page = await person.opens(f"/i/{path}")
    assert page.status == 404
    assert "I do not know this code." in page.text


async def test_guessing_is_slowed_down(person: Person) -> None:
    statuses = [(await person.opens("/i/nobody")).status for _ in range(91)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    page = await person.opens("/i/nobody")
    assert "Please wait a minute." in page.text


async def test_a_new_invite_on_a_device_with_a_chat_asks_first(person: Person, door: Door) -> None:
    await person.comes_in()
    await person.says("Sam")
    page = await person.opens(f"/i/{await person.invite()}")
    assert "Somebody has a chat here." in page.text
    assert "A chat here has no secret pictures." in page.text
    assert ("mine", "Sam") in (await person.opens()).messages
    page = await person.posts("/i", page.hidden("/i"))
    assert ("mine", "Sam") not in page.messages
    assert await people(door) == 2


async def test_the_store_keeps_a_hash_and_the_cookie_is_out_of_reach(
    person: Person, door: Door
) -> None:
    await person.comes_in()
    token = person.client.cookies["myway"]
    key = await door.in_store.read(lambda session: session.scalar(select(Device.key_hash)))
    assert key == key_of(token) != token
    answer = await person.client.get("/")
    (cookie,) = (
        line for line in answer.headers.get_list("set-cookie") if line.startswith("myway=")
    )
    assert {"HttpOnly", "SameSite=lax", "Max-Age=34560000"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


async def test_over_https_the_cookies_are_for_https_and_this_host_only(door_at_rest: Door) -> None:
    door_at_rest.settings.chat_public_url = "https://chat.example.org"
    safe = Person(build_web(door_at_rest), door_at_rest, "https://chat.example.org")
    async with safe.client, door_at_rest.working():
        answer = await safe.client.get("/")
        for line in answer.headers.get_list("set-cookie"):
            assert line.startswith("__Host-myway")
            assert {"Secure", "HttpOnly", "Path=/"} <= set(line.split("; "))
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        page = await safe.comes_in()
        assert page.last.startswith("What do you want to be called?")


@pytest.mark.parametrize("cookie", ["", "x", "a" * 43, "é", "a" * 5000, "' OR 1=1 --"])
async def test_a_made_up_cookie_is_nobody(person: Person, cookie: str) -> None:
    header = {b"cookie": f"myway={cookie}".encode()}
    answer = await person.client.get("/", headers=header)
    assert "You need an invite" in answer.text
    answer = await person.client.get("/news", headers=header)
    assert answer.status_code == 401


async def test_every_route_but_the_public_ones_needs_somebody_we_know(
    app: Litestar, person: Person, door: Door
) -> None:
    public = {
        *{("GET", "/"), ("GET", "/health"), ("GET", "/i/{code}"), ("POST", "/i")},
        # The people of a device, and what opens their chats: tests/bot/web/test_sharing_a_device.py
        *{("POST", "/in"), ("GET", "/in/{here_id}"), ("POST", "/in/{here_id}")},
        # The key in the link is what lets in: tests/bot/plan.
        *{("GET", f"/plan/{{key}}{of}") for of in ("", "/file", "/recordings/1")},
        # The same for all that is known of somebody: tests/bot/web/test_showing_my_things.py.
        *{("GET", f"/my-things/{{key}}{of}") for of in ("", "/file")},
        # The same pictures for everybody.
        ("GET", "/symbols/{name}"),
    }
    fields = (await person.opens()).hidden("/i")
    walked = set()
    for route in app.routes:
        if route.path.startswith("/static"):
            continue
        for method in getattr(route, "methods", ()):
            if method in {"OPTIONS", "HEAD"}:
                continue
            path = route.path_format.replace("{recording_id}", "1")
            walked.add((method, path))
            if (method, path) in public:
                continue
            answer = await person.client.request(
                method, path, data={**fields, "words": "hello"} if method == "POST" else None
            )
            if method == "GET" and (path == "/plan" or path.startswith("/device")):
                # A page leads to where somebody can come in.
                assert str(answer.url).endswith("/"), path
                continue
            assert answer.status_code == 401, (method, path)
    assert walked == public | {
        ("GET", "/news"),
        ("POST", "/say"),
        ("POST", "/tap"),
        ("POST", "/send"),
        ("GET", "/recordings/1"),
        *{("GET", "/plan"), ("GET", "/plan/file")},
        *{("GET", "/my-things"), ("GET", "/my-things/file"), ("POST", "/my-things/voice")},
        ("GET", "/listen/{name}"),
        ("GET", "/sound/{file}"),
        ("POST", "/leave"),
        ("GET", "/device"),
        *{(method, "/device/picture") for method in ("GET", "POST")},
        *{(method, "/device/secret") for method in ("GET", "POST")},
        *{(method, "/device/elsewhere") for method in ("GET", "POST")},
        ("POST", "/device/off"),
        *{("GET", f"/plan{rest}") for rest in ("", "/file")},
    }
    kept = await door.in_store.read(lambda session: session.scalar(select(func.count(Incoming.id))))
    assert kept == 0


async def test_words_of_somebody_not_known_any_more_are_given_back(person: Person) -> None:
    page = await person.comes_in()
    fields = {**page.hidden("/say"), "words": "do not lose this"}
    person.client.cookies.delete("myway")
    answer = await person.client.post("/say", data=fields)
    assert answer.status_code == 401
    assert "do not lose this</textarea>" in answer.text


async def test_a_form_without_its_secret_is_refused_and_can_be_sent_again(person: Person) -> None:
    page = await person.comes_in()
    fields = {**page.hidden("/say"), "words": "do not lose this"}
    person.client.cookies.delete("myway-form")
    page = await person.posts("/say", fields)
    assert page.status == 403
    assert page.box == "do not lose this"
    assert "Sorry. That did not work. Please try again." in page.text
    page = await person.posts("/say", {**page.hidden("/say"), "words": page.box})
    assert page.status == 200
    assert ("mine", "do not lose this") in page.messages
    page = await person.posts("/say", {"words": "from another site"})
    assert page.status == 403


async def test_a_page_that_is_not_there_leaves_open_forms_as_they_are(person: Person) -> None:
    page = await person.comes_in()
    assert (await person.opens("/nowhere")).status == 404
    page = await person.posts("/say", {**page.hidden("/say"), "words": "Sam"})
    assert page.status == 200


async def test_every_answer_protects_its_reader(person: Person) -> None:
    await person.comes_in()
    for path in ("/", "/news", "/nowhere", "/recordings/99", "/static/chat.js", "/health"):
        answer = await person.client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        if not path.startswith("/static"):
            assert answer.headers["cache-control"] == "no-store"


async def test_the_secret_is_made_once_for_its_owner_only(door: Door) -> None:
    build_web(door)
    file = door.settings.var_folder / "chat_secret"
    secret = file.read_text()
    assert len(secret) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    build_web(door)
    assert file.read_text() == secret
