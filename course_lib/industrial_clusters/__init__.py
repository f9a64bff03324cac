"""Industrial clusters: find one in figures, grow one, and see what may break it.

A module a model, then `charts` and `labs`: what lesson 07 is made of.
"""
