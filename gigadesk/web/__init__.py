"""The web beyond the service: pictures that an answer names, fetched when the user asks for one. Nothing else."""
