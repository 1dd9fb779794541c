      * R020: MEETINGS AND RACES OF A DAY; NJE COMPRESSED
       01  R020-PROGRAMME.
           05  R020-DATE               PIC 9(8).
           05  R020-NB-REUNIONS        PIC 9(2).
           05  REUNION OCCURS 0 TO 6 DEPENDING ON R020-NB-REUNIONS.
               10  REUNION-NUMERO      PIC 9(2).
               10  REUNION-HIPPODROME  PIC X(24).
               10  REUNION-CODE        PIC X(3).
               10  REUNION-NB-COURSES  PIC 9(2).
               10  COURSE
                   OCCURS 0 TO 10 DEPENDING ON REUNION-NB-COURSES.
                   15  COURSE-NUMERO   PIC 9(2).
                   15  COURSE-HEURE    PIC 9(4).
                   15  COURSE-PRIX     PIC X(24).
                   15  COURSE-DISCIPLINE PIC X.
                       88  COURSE-PLAT VALUE 'P'.
                       88  COURSE-TROT VALUE 'A' 'M'.
                       88  COURSE-OBSTACLE VALUE 'O'.
                   15  COURSE-DISTANCE PIC 9(4) COMP.
                   15  COURSE-PARTANTS PIC 9(2).
                   15  COURSE-STATUT   PIC X.
                       88  COURSE-OUVERTE  VALUE 'O'.
                       88  COURSE-PARTIE   VALUE 'D'.
                       88  COURSE-FERMEE   VALUE 'F'.
