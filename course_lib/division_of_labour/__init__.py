"""Division of labour (lesson 03): why regions specialise, and what that brings them."""
