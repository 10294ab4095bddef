"""Index of the rooms' models; one migration history for the app. The rooms come with the volunteers' own rows."""
