"""Lists, as the resources hand them out."""

from heygen_async.transport.pages import Page, Pager

__all__ = ["Page", "Pager"]
