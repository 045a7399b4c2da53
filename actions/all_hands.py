"""Every hand there is. A test holds this list against the listener's domain."""

from actions.beginning import AnotherHope, Begin
from actions.choosing_who_sees import ChooseWhoSees, WhoSees
from actions.finding_the_way import (
    AlreadyDone,
    DidNotCatch,
    GoBack,
    Help,
    SayAgain,
    SaySimpler,
    Stop,
)
from actions.getting_ready import GetReady, HearName, NotReady
from actions.hearing import Hand
from actions.keeping_answers import KeepRecording, KeepWords, LeaveEmpty, TakeEdit
from actions.reading_back import Agree, ChangeWords, CorrectWords
from actions.talking import AskPerson, NameWhatCame, ShowPlan, SmallTalk

HANDS: tuple[type[Hand], ...] = (
    Begin,
    AnotherHope,
    HearName,
    GetReady,
    NotReady,
    KeepWords,
    KeepRecording,
    LeaveEmpty,
    TakeEdit,
    Agree,
    ChangeWords,
    CorrectWords,
    ChooseWhoSees,
    WhoSees,
    Help,
    SayAgain,
    SaySimpler,
    GoBack,
    Stop,
    DidNotCatch,
    AlreadyDone,
    SmallTalk,
    NameWhatCame,
    AskPerson,
    ShowPlan,
)
