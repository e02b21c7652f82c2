"""What a teacher of thirty hands out: worksheets, quizzes, and a folder with all of it."""
