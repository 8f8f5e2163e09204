"""The long-lived process of a machine that runs flows: one line to the gateway, a host for each service and person, and every run's
events until the gateway has them."""
