"""Set up what the notebooks need, the first time, and open them: python3 start.py"""

from tools.run import main

main("lab")
