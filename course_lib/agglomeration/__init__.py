"""Agglomeration (lesson 02): why producing in one place pays, and when it stops paying."""
