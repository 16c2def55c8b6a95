"""Forms of the app. What the law and the facts forbid is said by the actions and shown at the fields."""
