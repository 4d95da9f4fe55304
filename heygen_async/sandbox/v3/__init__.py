"""Endpoints of HeyGen v3."""
