"""What has just been done, said once at the top of the next page.

Belongs here: reading what the request before left to be said. Not here: its words (each page's views).
"""

from django.contrib import messages

from joinedup.web import middleware, presenters


def said(request: middleware.Request) -> presenters.Message | None:
    """Return what is to be said, and forget it; a refusal among it is not shown as something done."""
    left = list(messages.get_messages(request))
    if not left:
        return None
    return presenters.Message(
        heading=" ".join(str(message) for message in left),
        is_success=all(message.level < messages.ERROR for message in left),
    )
