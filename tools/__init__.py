"""The scripts behind the commands of the Makefile, by what they make.

tools.course     what they all know of the course: its notebooks, their titles, the guide
tools.notebooks  the stored outputs, the package's steps, the pictures
tools.decks      slides and handouts
tools.bench      our engines measured beside others
"""
