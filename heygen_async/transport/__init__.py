"""Sockets and files: the only place that imports aiohttp or aiofiles."""
