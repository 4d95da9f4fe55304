"""One resource per file: build a call, send it, return what came back."""
