"""A local HeyGen to build and test against, offline and free of charge."""

from heygen_async.sandbox.clock import SandboxClock
from heygen_async.sandbox.faults import Fault
from heygen_async.sandbox.records import Charge, Exchange
from heygen_async.sandbox.server import Sandbox

__all__ = ["Charge", "Exchange", "Fault", "Sandbox", "SandboxClock"]
