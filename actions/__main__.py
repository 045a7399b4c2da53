"""`python -m actions`: the action server."""

import logging

from actions.serving import build_app
from actions.settings import ActionSettings
from plan_store.opening import open_store


def main() -> None:
    """Serve until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    settings = ActionSettings()
    app = build_app(open_store(settings))
    app.run(
        host=settings.actions_host,
        port=settings.actions_port,
        single_process=True,
        access_log=False,
        motd=False,
    )


if __name__ == "__main__":
    main()
