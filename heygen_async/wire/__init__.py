"""What can be decided about the wire without a socket: calls, envelopes, retries, limits."""
