"""The wire format of GigaChat as functions from values to values. Does no I/O.

`*_v1` modules speak the contract of `/v1/chat/completions`; the rest is the same in every version.
"""
