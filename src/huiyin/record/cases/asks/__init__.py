"""What a complainant asks of one post: with its day, and answered with reasons."""
