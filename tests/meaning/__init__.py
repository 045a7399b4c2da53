"""What is meant in an answer, against the model that was really trained."""
