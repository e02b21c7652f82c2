"""What all tests share: the scripts in tools/ can be imported like modules."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
