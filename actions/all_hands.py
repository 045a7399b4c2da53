"""Every hand there is. A test holds this list against the listener's domain."""

from actions.asking_if_answer import AskIfAnswer
from actions.beginning import Begin
from actions.being_helped import WhoIsHere
from actions.changing_words import CorrectEarlier, TakeEdit
from actions.checking_wishes import AnswerCheck
from actions.choosing_a_chapter import ChooseChapter, NextChapter, SortPictures
from actions.choosing_who_sees import ChooseWhoSees, StopSharing, WhoSees
from actions.coming_to_a_meeting import MyMeeting
from actions.confirming import Confirm
from actions.deciding_together import Decide
from actions.explaining_words import ExplainWord
from actions.finding_the_way import (
    AlreadyDone,
    DidNotCatch,
    GoBack,
    Help,
    KeepThat,
    MoreAnswers,
    OutOfScope,
    SayAgain,
    SaySimpler,
    Stop,
)
from actions.getting_ready import ChangeSettings, GetReady, HearName, NotReady
from actions.hearing import Hand
from actions.hearing_a_voice import Heard
from actions.keeping_answers import KeepRecording, KeepWords
from actions.leaving_empty import LeaveEmpty
from actions.my_data import MyData
from actions.reading_back import Agree, ChangeWords, ChooseWords, CorrectWords
from actions.showing_options import ShowOptions
from actions.showing_the_plan import DeleteThis, SendPlan, ShowPlan
from actions.sorting_pictures import SortPicture
from actions.talking import AskPerson, Listen, NameWhatCame, OtherDoor, SmallTalk, WhatNow
from actions.ticking_steps import MySteps

HANDS: tuple[type[Hand], ...] = (
    # getting ready
    Begin,
    HearName,
    GetReady,
    NotReady,
    ChangeSettings,
    WhoIsHere,
    # the chapters
    ChooseChapter,
    NextChapter,
    KeepWords,
    AskIfAnswer,
    KeepRecording,
    Heard,
    LeaveEmpty,
    SortPictures,
    SortPicture,
    # what was said
    Agree,
    ChangeWords,
    ChooseWords,
    CorrectWords,
    CorrectEarlier,
    TakeEdit,
    ChooseWhoSees,
    WhoSees,
    StopSharing,
    AnswerCheck,
    Confirm,
    Decide,
    MySteps,
    ShowPlan,
    SendPlan,
    DeleteThis,
    MyData,
    ShowOptions,
    MyMeeting,
    # at any time
    Help,
    SayAgain,
    SaySimpler,
    MoreAnswers,
    GoBack,
    Stop,
    Listen,
    OtherDoor,
    AskPerson,
    SmallTalk,
    WhatNow,
    NameWhatCame,
    ExplainWord,
    OutOfScope,
    KeepThat,
    DidNotCatch,
    AlreadyDone,
)
