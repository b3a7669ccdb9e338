"""A text-message line that answers questions about acne scars."""
