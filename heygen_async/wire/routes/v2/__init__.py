"""The endpoints of v1 and v2, a file per noun."""
