"""A facilitator at the desk in a browser: both factors, by the pages."""

import re

from playwright.sync_api import Page

from tests.authenticator import Authenticator


def gives_password(page: Page, email: str, password: str) -> None:
    """Fill in the sign-in and press the button."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sets_up_the_app(page: Page) -> Authenticator:
    """Type the key into an app, its code into the page, and keep the recovery codes."""
    page.wait_for_url("**/sign-in/set-up")
    app = Authenticator(page.locator("#factor-key").text_content() or "")
    page.get_by_label("The 6 digits").fill(app.code())
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url(re.compile("^(?!.*sign-in)"))
    return app


def gives_code(page: Page, app: Authenticator) -> None:
    """The code that the app shows now."""
    page.wait_for_url("**/sign-in/code")
    page.get_by_label("The 6 digits").fill(app.code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("^(?!.*sign-in)"))
