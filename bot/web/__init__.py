"""The same chat as an accessible web page: no Telegram, under 16, or sitting together.

A form comes in and one message is kept; the whole conversation goes out as a page. Everything
works without JavaScript; the script only saves reloading.
"""
