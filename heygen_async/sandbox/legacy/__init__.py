"""Endpoints of HeyGen v1 and v2."""
