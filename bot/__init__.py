"""Questions in, answers out; its doors are the terminal and Telegram."""
