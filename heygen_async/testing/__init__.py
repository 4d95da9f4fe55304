"""Tools for tests of what is built on this library: clocks that do not wait."""

from heygen_async.testing.clock import ScaledClock, SkippingClock

__all__ = ["ScaledClock", "SkippingClock"]
