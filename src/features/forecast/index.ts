import { forecastCalibration } from './calibration.ts'
import { forecastBehind } from './figures.ts'
import { listForecasts } from './list.ts'
import { showForecast } from './show.ts'

export const asks = [listForecasts, showForecast, forecastCalibration] as const
export const figures = [forecastBehind] as const
