export { Abilities } from './Abilities.tsx'
export { AsOf } from './AsOf.tsx'
export {
  Answers,
  Card,
  Choice,
  Clause,
  DayText,
  DueLight,
  ItemLight,
  languageOf,
  Light,
  MadeUp,
  PersonName,
  Share,
  Status,
  UnitLink,
  Written,
} from './basics.tsx'
export { DataTable, type Column } from './DataTable.tsx'
export { Drop } from './Drop.tsx'
export { Go } from './Go.tsx'
export { useListState } from './list-state.ts'
export { PersonPicker, UnitPicker } from './Picker.tsx'
export { Page } from './Page.tsx'
export { Answer, Empty, Loading, Problem } from './states.tsx'
export { FigureTile, useCountedText, useFigureText } from './Tile.tsx'
export { WaitedFor, WaitingFor } from './WaitingFor.tsx'
export { useAsk, useFigure, useFigureRecords, useFigures, useFigureSeries, useNames } from '../ask.ts'
export { useSay } from '../language.ts'
export { actPath, useGo, useParams, useSearch, useSetSearch } from '../route.ts'
export { useSession } from '../session.ts'
