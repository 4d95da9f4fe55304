"""An asyncio-first client for the HeyGen video API."""
