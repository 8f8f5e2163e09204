"""The process that has a Ray cluster: starts its head, or joins one by address, and takes leases of its resources for runs.

`head` is Ray's own processes, `leases` the actors that hold what runs asked for, `serving` the services that are applications of Ray Serve,
`forward` the ways in from outside of the network that it is in. It runs in the environment `eyepiece-ray`, boxed in by the launcher.
"""
