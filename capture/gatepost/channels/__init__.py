"""Where a touch came from: channels, the lead classes that group them, and how one is told from another.

The order of the rules follows the acquisition channels of GA4 and Plausible; the table of hosts is our own.
"""

from gatepost.channels.channel import CHANNELS, Channel
from gatepost.channels.hosts import bare, listed
from gatepost.channels.rules import classify

__all__ = ["CHANNELS", "Channel", "bare", "classify", "listed"]
