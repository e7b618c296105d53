"""The review workflow: states, roles, and the service that is the only writer."""
