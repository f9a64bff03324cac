"""Gradient transition (lesson 04): when production moves down, and whether the gap narrows."""
