"""Where content/ and locales/ lie: inside the package where it was installed, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_SHIPPED = _PACKAGE / "shipped"
"""What the wheel holds of both (`force-include` in pyproject.toml)."""
_HOME = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent

CONTENT = _HOME / "content"
LOCALES = _HOME / "locales"
