"""The waiting before the screen: what is waited for is said, and said again while it lasts."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from house.first_screen import ask_a_room, wait_until_well
from house.serving import Process

ROOT = Path(__file__).resolve().parents[2]


async def test_it_says_what_it_waits_for_and_ends_when_all_answer() -> None:
    asked: list[str] = []

    class WellAtTheThirdQuestion(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200 if len(asked) >= 3 else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """The test looks at `asked`."""

    server = HTTPServer(("127.0.0.1", 0), WellAtTheThirdQuestion)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rasa = Process(
        name="rasa",
        command=("rasa",),
        folder=ROOT,
        env={},
        health=f"http://127.0.0.1:{server.server_port}/webhooks/door/health",
        waiting="Rasa to open its model",
    )
    said: list[str] = []
    seconds = await wait_until_well([rasa], said.append, say_every=0)
    server.shutdown()
    server.server_close()
    assert asked == ["/webhooks/door/health"] * 3
    assert said == ["Waiting for Rasa to open its model … 0 s"] * 2
    assert 0.4 < seconds < 10


def test_a_room_is_asked_in_the_projects_folder(tmp_path: Path) -> None:
    (tmp_path / "inviting.py").write_text("import sys; print('K7Q2', *sys.argv[1:])")
    assert ask_a_room(tmp_path, "inviting", "new", "--plain") == "K7Q2 new --plain"
