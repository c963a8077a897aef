import './display.ts';
import './display.css';
