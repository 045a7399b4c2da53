"""A short mail to somebody of the safeguarding chain, through the service's own mail server.

Comes in: address, subject, text. Goes out: the mail, or `CannotTell` with the kind of problem.
"""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from bot.settings import BotSettings
from bot.telling_of_alerts import CannotTell

SECONDS_TO_ANSWER = 10


class Mail:
    """Sends mail; each one on a connection of its own, since they are few."""

    def __init__(self, settings: BotSettings) -> None:
        self._settings = settings

    async def send(self, address: str, subject: str, text: str) -> None:
        """Send it, or raise `CannotTell`."""
        message = EmailMessage()
        message["From"] = self._settings.smtp_from or address
        message["To"] = address
        message["Subject"] = subject
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain="my-way.invalid")
        message.set_content(text)
        try:
            await asyncio.to_thread(self._deliver, message)
        except (OSError, smtplib.SMTPException) as problem:
            # Its text may hold the address.
            raise CannotTell(type(problem).__name__) from None

    def _deliver(self, message: EmailMessage) -> None:
        settings = self._settings
        secure = ssl.create_default_context()
        if settings.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.smtp_host, settings.smtp_port, timeout=SECONDS_TO_ANSWER, context=secure
            )
        else:
            server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SECONDS_TO_ANSWER)
        with server:
            if settings.smtp_security == "starttls":
                server.starttls(context=secure)
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(message)
