package io.flyteconnect.samples.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * The browser of a person who knows the password of the test's identity provider:
 * Chromium without a window.
 */
final class Chromium implements AutoCloseable {

	private final ChromeDriverService service;

	private final RemoteWebDriver driver;

	/**
	 * Start a browser.
	 * @param profile an empty folder
	 */
	Chromium(Path profile) {
		this.service = new ChromeDriverService.Builder().usingDriverExecutable(find("chromedriver")).build();
		try {
			this.service.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ChromeOptions options = new ChromeOptions();
		options.setBinary(find("chromium"));
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--user-data-dir=" + profile);
		this.driver = new RemoteWebDriver(this.service.getUrl(), options);
		this.driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(20));
		this.driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
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

	void open(String link) {
		this.driver.get(link);
	}

	void logIn() {
		this.driver.findElement(By.name("username")).sendKeys("user");
		this.driver.findElement(By.name("password")).sendKeys("password");
		click("button[type=submit]");
	}

	/**
	 * Agree to everything that is asked for.
	 */
	void agree() {
		this.driver.findElement(By.id("submit-consent"));
		this.driver.findElements(By.cssSelector("input[type=checkbox]:enabled")).forEach(WebElement::click);
		click("#submit-consent");
	}

	void click(String selector) {
		this.driver.findElement(By.cssSelector(selector)).click();
	}

	String value(String name) {
		return String.valueOf(this.driver.findElement(By.name(name)).getDomProperty("value"));
	}

	String heading(String expected) {
		try {
			return this.driver.findElement(By.xpath("//h1[contains(., '" + expected + "')]")).getText();
		}
		catch (NoSuchElementException ex) {
			throw new AssertionError("no such heading in " + this.driver.getPageSource(), ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
		this.service.stop();
	}

}
