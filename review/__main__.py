"""`python -m review`: the desk."""

import logging

import uvicorn

from review.building import build_desk
from review.settings import ReviewSettings


def main() -> None:
    """Serve until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    settings = ReviewSettings()
    uvicorn.run(
        build_desk(settings),
        host=settings.desk_host,
        port=settings.desk_port,
        # A path can hold a one-use key.
        access_log=False,
        server_header=False,
        forwarded_allow_ips=settings.proxy_addresses,
        log_config=None,
    )


if __name__ == "__main__":
    main()
