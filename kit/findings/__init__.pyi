from .focus import passages as passages
from .naming import Stylebook as Stylebook
from .naming import read_stylebook as read_stylebook
from .naming import stylebook_for as stylebook_for
from .voice import voices as voices
