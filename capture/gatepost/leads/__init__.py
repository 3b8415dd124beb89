"""Leads: people, their permissions, what they asked for and what they may open."""

from gatepost.leads.address import email_key, mailbox
from gatepost.leads.consent import Consent
from gatepost.leads.deal import Deal
from gatepost.leads.grant import Grant, GrantEnded, GrantRefused, GrantRevoked, GrantUsedUp
from gatepost.leads.lead import STATES, Lead, LeadErased
from gatepost.leads.origin import Origin, origin
from gatepost.leads.signup import Signup
from gatepost.leads.spend import Spend

__all__ = [
    "STATES",
    "Consent",
    "Deal",
    "Grant",
    "GrantEnded",
    "GrantRefused",
    "GrantRevoked",
    "GrantUsedUp",
    "Lead",
    "LeadErased",
    "Origin",
    "Signup",
    "Spend",
    "email_key",
    "mailbox",
    "origin",
]
