"""Makes a tiny model that sees, as the tests of serving have it: `seeing_model.py FOLDER`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "python" / "tests" / "serve"))
from tiny import seeing_model

seeing_model(Path(sys.argv[1]))
