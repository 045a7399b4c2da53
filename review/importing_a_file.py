"""A file of local options, from the desk: all of it is imported, or nothing.

Comes in: a CSV file. Goes out: the catalogue, with how many are new, changed and the same; or each
mistake with its line.
"""

import asyncio

from litestar import post
from litestar.datastructures import UploadFile
from litestar.response import Template

from plan_store.keeping_options import import_options
from plan_store.reading_options import OptionsWrong, read_file
from plan_store.the_time_here import today
from review.filling_in_forms import write
from review.guarding import DeskRequest
from review.keeping_the_catalogue import HERE, KEEPS, show_catalogue

LARGEST_FILE = 2_000_000


@post(f"{HERE}/import", opt=KEEPS, status_code=200, request_max_body_size=LARGEST_FILE)
async def import_a_file(request: DeskRequest) -> Template:
    """Import it; imported again, it updates and never doubles."""
    form = await request.form()
    sent = form.get("file")
    content = await sent.read() if isinstance(sent, UploadFile) else b""
    state = request.app.state
    try:
        options = await asyncio.to_thread(
            read_file, content, state.catalogue_rules, state.lists, today()
        )
    except OptionsWrong as wrong:
        said = [(each.line, each.said(state.catalogue_rules)) for each in wrong.mistakes]
        return await show_catalogue(request, 422, mistakes=said)
    done = await write(request, lambda session: import_options(session, options, request.user.id))
    return await show_catalogue(request, imported=done)
