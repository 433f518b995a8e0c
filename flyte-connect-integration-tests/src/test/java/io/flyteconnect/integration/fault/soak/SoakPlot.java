package io.flyteconnect.integration.fault.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Draws a soak as an SVG: heap, threads, and calls a second that succeeded and failed,
 * over time, with a line where each fault began.
 */
final class SoakPlot {

	private static final int WIDTH = 960;

	private static final int HEIGHT = 150;

	private static final int LEFT = 70;

	private static final int GAP = 45;

	private final List<SoakSample> samples;

	private final double end;

	private final StringBuilder svg = new StringBuilder();

	private SoakPlot(List<SoakSample> samples) {
		this.samples = samples;
		this.end = samples.get(samples.size() - 1).seconds();
	}

	static String draw(List<SoakSample> samples) {
		return new SoakPlot(samples).draw();
	}

	private String draw() {
		add("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='12'>",
				LEFT + WIDTH + 20, 3 * (HEIGHT + GAP) + 20);
		add("<rect width='100%%' height='100%%' fill='white'/>");
		panel(0, "heap after a collection, MB", List.of(new Line("#1565c0", values((sample) -> sample.heap() / 1e6))));
		panel(1, "threads", List.of(new Line("#6a1b9a", values(SoakSample::threads))));
		panel(2, "calls a second: succeeded, failed", List.of(new Line("#2e7d32", rates(SoakSample::answered)),
				new Line("#c62828", rates(SoakSample::failed))));
		add("</svg>");
		return this.svg.toString();
	}

	private void panel(int number, String title, List<Line> lines) {
		int top = 25 + number * (HEIGHT + GAP);
		double most = lines.stream()
			.flatMap((line) -> line.values.stream())
			.mapToDouble(Double::doubleValue)
			.max()
			.orElse(1) * 1.1 + 1;
		add("<text x='%d' y='%d'>%s</text>", LEFT, top - 7, title);
		for (int i = 1; i < this.samples.size(); i++) {
			if (!this.samples.get(i).fault().equals(this.samples.get(i - 1).fault())
					&& !this.samples.get(i).fault().isEmpty()) {
				add("<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='#ddd'><title>%s</title></line>", x(i), x(i), top,
						top + HEIGHT, this.samples.get(i).fault());
			}
		}
		add("<rect x='%d' y='%d' width='%d' height='%d' fill='none' stroke='#888'/>", LEFT, top, WIDTH, HEIGHT);
		for (int i = 0; i <= 4; i++) {
			add("<text x='%d' y='%.1f' text-anchor='end'>%.0f</text>", LEFT - 6, top + HEIGHT * (1 - i / 4.0) + 4,
					most * i / 4);
			add("<text x='%.1f' y='%d' text-anchor='middle'>%.1f min</text>", LEFT + WIDTH * i / 4.0, top + HEIGHT + 15,
					this.end * i / 4 / 60);
		}
		for (Line line : lines) {
			StringBuilder points = new StringBuilder();
			for (int i = 0; i < line.values.size(); i++) {
				points.append(
						String.format(Locale.ROOT, "%.1f,%.1f ", x(i), top + HEIGHT * (1 - line.values.get(i) / most)));
			}
			add("<polyline fill='none' stroke='%s' stroke-width='1.5' points='%s'/>", line.colour, points);
		}
	}

	private double x(int sample) {
		return LEFT + WIDTH * this.samples.get(sample).seconds() / this.end;
	}

	private List<Double> values(ToDoubleFunction<SoakSample> value) {
		return this.samples.stream().map(value::applyAsDouble).toList();
	}

	private List<Double> rates(ToDoubleFunction<SoakSample> count) {
		List<Double> rates = new ArrayList<>(List.of(0.0));
		for (int i = 1; i < this.samples.size(); i++) {
			SoakSample before = this.samples.get(i - 1);
			SoakSample now = this.samples.get(i);
			rates.add((count.applyAsDouble(now) - count.applyAsDouble(before)) / (now.seconds() - before.seconds()));
		}
		return rates;
	}

	private void add(String format, Object... arguments) {
		this.svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
	}

	private record Line(String colour, List<Double> values) {

	}

}
