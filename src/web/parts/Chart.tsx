import { BarChart, LineChart, SankeyChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use as register, type EChartsType } from 'echarts/core'
import type { EChartsOption } from 'echarts'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

register([
  BarChart,
  LineChart,
  SankeyChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
])

type Props = {
  readonly option: EChartsOption
  /** What the chart shows, for those who can't see it; the numbers stand in a table beside it. */
  readonly label: string
  readonly height?: number
  /** What was picked: its name and place among its like; of a picture with streams, whether it is a node or an edge. */
  readonly onPick?: (name: string, at: number, part?: string) => void
}

const house: EChartsOption = {
  color: ['#b3261e', '#1f5fbf', '#1b6d45', '#e08a00', '#5b6474'],
  textStyle: { fontFamily: 'Noto Sans CJK SC, PingFang SC, system-ui, sans-serif', color: '#1f2430' },
  grid: { left: 8, right: 16, top: 24, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
  tooltip: { trigger: 'axis', confine: true },
  animationDuration: 300,
}

/** A chart; it is drawn again when its place changes size. */
export function Chart({ option, label, height = 260, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  useEffect(() => {
    if (!place.current) return undefined
    const drawn = init(place.current)
    chart.current = drawn
    const watcher = new ResizeObserver(() => drawn.resize())
    watcher.observe(place.current)
    return () => {
      watcher.disconnect()
      drawn.dispose()
    }
  }, [])
  useEffect(() => {
    const drawn = chart.current
    if (!drawn || !onPick) return undefined
    drawn.on('click', (event) => onPick(event.name, event.dataIndex, event.dataType))
    return () => void drawn.off('click')
  }, [onPick])
  useEffect(() => {
    chart.current?.setOption({ ...house, ...option }, true)
  }, [option])
  return <div ref={place} role="img" aria-label={label} style={{ height }} />
}
