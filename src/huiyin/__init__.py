"""Huiyin: grievance redress and community mediation. Every complaint gets an answer."""

__version__ = "0.1.0"
