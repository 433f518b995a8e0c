package io.flyteconnect.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;

import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.RemoteWebDriver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A headless Chromium with a profile of its own, and a person who knows the password of
 * the test's identity provider.
 */
public final class Chromium implements AutoCloseable {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private final ChromeDriverService service;

	private final RemoteWebDriver driver;

	/**
	 * Start a browser.
	 * @param profile an empty folder
	 */
	public Chromium(Path profile) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(find("chromium"));
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--window-size=900,600", "--user-data-dir=" + profile);
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		this.service = start(new ChromeDriverService.Builder().usingDriverExecutable(find("chromedriver")).build());
		// Not ChromeDriver, which also opens a socket for the developer tools.
		this.driver = new RemoteWebDriver(this.service.getUrl(), options);
		this.driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(20));
		this.driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
	}

	private static ChromeDriverService start(ChromeDriverService service) {
		try {
			service.start();
			return service;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static File find(String program) {
		for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
			Path file = Path.of(folder, program);
			if (Files.isExecutable(file)) {
				return file.toFile();
			}
		}
		throw new IllegalStateException(program + " is not installed (Debian: chromium, chromium-driver)");
	}

	public void open(Object link) {
		this.driver.get(link.toString());
	}

	public void logIn() {
		this.driver.findElement(By.name("username")).sendKeys("user");
		this.driver.findElement(By.name("password")).sendKeys("password");
		submit();
	}

	public void submit() {
		this.driver.findElement(By.cssSelector("button[type=submit]")).click();
	}

	public void select(String selector) {
		this.driver.findElement(By.cssSelector(selector)).click();
	}

	public String value(String name) {
		return String.valueOf(this.driver.findElement(By.name(name)).getDomProperty("value"));
	}

	public String heading(String expected) {
		return this.driver.findElement(By.xpath("//h1[contains(., '" + expected + "')]")).getText();
	}

	public String text() {
		return this.driver.findElement(By.tagName("body")).getText();
	}

	public String style(String selector, String property) {
		return this.driver.findElement(By.cssSelector(selector)).getCssValue(property);
	}

	/**
	 * Make sure that the page broke none of its own rules, a strict content security
	 * policy among them.
	 */
	public void assertThatNothingWasBlocked() {
		assertThat(this.driver.manage().logs().get(LogType.BROWSER).getAll())
			.filteredOn((entry) -> entry.getMessage().contains("Content Security Policy"))
			.isEmpty();
	}

	/**
	 * Keep what the person sees.
	 * @param name the name of the picture
	 */
	public void screenshot(String name) {
		try {
			Files.createDirectories(SCREENSHOTS);
			Files.write(SCREENSHOTS.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
		this.service.stop();
	}

}
