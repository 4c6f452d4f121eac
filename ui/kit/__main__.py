"""Opens the kit in a window of its own."""

import sys

from PySide6.QtWidgets import QApplication

from ui import theme
from ui.kit.page import Kit
from ui.preferences import Preferences


def main() -> int:
    application = QApplication(sys.argv[:1])
    theme.apply(application, Preferences())
    kit = Kit(application)
    kit.resize(1366, 768)
    kit.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
